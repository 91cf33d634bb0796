/** What the module of the decompositions exports: assembly/linalg/index.ts. Addresses are bytes from 0. */
export interface LinalgExports {
  arenaStart(): number;
}
