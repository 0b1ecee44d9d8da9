import type pc from 'picocolors';

/** The functions that colour text; without colour they give it back as it is. */
export type Colors = Pick<ReturnType<typeof pc.createColors>, 'bold' | 'dim' | 'red' | 'underline' | 'yellow'>;

/** Without colour: for pipes, and where picocolors need not be loaded. */
export const plain: Colors = { bold: String, dim: String, red: String, underline: String, yellow: String };
