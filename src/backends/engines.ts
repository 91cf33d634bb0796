import { native } from "#native";
import { ConfigError } from "../base/errors.js";
import { selectWasmBuild, wasmAvailable, wasmBuild } from "../kernels/index.js";
