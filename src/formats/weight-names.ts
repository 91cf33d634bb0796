/** The end of a shard index's name. */
export const indexSuffix = ".safetensors.index.json";

/** Whether a file holds weights or says where they lie, going by its name. */
export const isWeightsFile = (name: string): boolean => /\.safetensors(?:\.index\.json)?$/.test(name);

/** Whether a file is one of several that make up a model: `model-00001-of-00006.safetensors`. */
export const isShard = (name: string): boolean => /-\d{5}-of-\d{5}\.safetensors$/.test(name);
