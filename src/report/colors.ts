import type pc from 'picocolors';

/** The functions that colour text; without colour they give it back as it is. */
export type Colors = ReturnType<typeof pc.createColors>;
