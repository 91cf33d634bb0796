import { closestNames } from "../../base/closest.js";
import { ConfigError } from "../../base/errors.js";
import { a100With40GB, a100With80GB } from "./a100.js";
import { rtx4090 } from "./ada.js";
import type { Hardware } from "./hardware.js";
import { h100Sxm, h200 } from "./hopper.js";

export type { Hardware, PeakType } from "./hardware.js";

/** The devices that a cost can be timed on, by id. */
export const hardware: Readonly<Record<string, Hardware>> = Object.fromEntries(
  [a100With40GB, a100With80GB, h100Sxm, h200, rtx4090].map((device) => [device.id, device]),
);

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/**
 * A device by its id, whatever the case and punctuation. Throws `ConfigError` with the close matches.
 *
 * @example
 * findHardware("A100 40GB").bandwidthBytesPerSecond;   // 1.555e12
 */
export function findHardware(name: string): Hardware {
  const ids = Object.keys(hardware);
  const found = ids.find((id) => plain(id) === plain(name));
  if (found !== undefined) return hardware[found];
  const close = closestNames(name, ids);
  const hint = close.length > 0 ? `did you mean ${close.join(" or ")}?` : `known: ${ids.join(", ")}`;
  throw new ConfigError(`unknown GPU '${name}'; ${hint}`, { key: "gpu", value: name, known: ids });
}
