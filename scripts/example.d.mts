/** The names of all programs below examples/, such as `chapter/05-forward`. */
export function examples(): string[];
/** The first comment line of a program. */
export function describe(name: string): string;
/** Runs one program in this process, against the built package. */
export function runExample(name: string): Promise<void>;
