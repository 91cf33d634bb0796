// Sliding-window attention in config.json.
import * as z from "zod";
import { ConfigError } from "../../base/errors.js";

export const windowKeys = {
  sliding_window: z.number().int().positive().nullish(),
  use_sliding_window: z.boolean().nullish(),
  max_window_layers: z.number().int().nonnegative().nullish(),
  layer_types: z.array(z.enum(["full_attention", "sliding_attention"])).nullish(),
};

interface WindowSource {
  readonly sliding_window?: number | null | undefined;
  readonly use_sliding_window?: boolean | null | undefined;
  readonly max_window_layers?: number | null | undefined;
  readonly layer_types?: readonly string[] | null | undefined;
}

interface WindowDefaults {
  readonly slidingWindow?: number;
  readonly windowNeedsSwitch?: boolean;
  /** Without `layer_types`, only every other layer slides, from the first. */
  readonly alternatingWindows?: boolean;
}

/** How far back each layer attends: `null` without a window. */
export function readWindows(
  keys: WindowSource,
  layers: number,
  { slidingWindow, windowNeedsSwitch = false, alternatingWindows = false }: WindowDefaults,
): (number | null)[] {
  const { layer_types: types } = keys;
  if (types && types.length !== layers) {
    throw new ConfigError(
      `config: 'layer_types' has ${types.length} entries for ${layers} layers; write one per layer`,
      { key: "layer_types", value: types },
    );
  }
  // An explicit null means "no window"; only an absent key takes the default.
  const window = keys.sliding_window === undefined ? (slidingWindow ?? null) : keys.sliding_window;
  const off = windowNeedsSwitch && keys.use_sliding_window !== true;
  const firstSliding = windowNeedsSwitch ? (keys.max_window_layers ?? 28) : 0;
  return Array.from({ length: layers }, (_, i) => {
    if (off) return null;
    if (types) return types[i] === "sliding_attention" ? window : null;
    return i >= firstSliding && !(alternatingWindows && i % 2 === 1) ? window : null;
  });
}
