import { programCode } from './program-code.js';
import type { Automaton } from './scan-table.js';

interface Node {
  readonly next: Map<number, Node>;
  readonly depth: number;
  fail: Node | undefined;
  ends: number[];
  number: number;
}

/** Builds the automaton that finds every keyword (lower case, ASCII) in one pass. Build time only. */
export function buildAutomaton(keywords: readonly string[]): Automaton {
  const { classes, classCount } = toClasses(keywords);
  const root = toTrie(keywords, classes);
  const nodes = linkFailures(root);
  const ordered = [...nodes.filter((node) => node.ends.length === 0), ...nodes.filter((node) => node.ends.length > 0)];
  // The root stays state 0: no keyword is empty, so it is never final.
  ordered.forEach((node, number) => {
    node.number = number;
  });
  return { ...toArrays(ordered), classes, classCount, code: programCode };
}

/** Numbers the bytes that occur in keywords; both cases of a letter share a class. */
function toClasses(keywords: readonly string[]): { classes: Uint8Array; classCount: number } {
  const classes = new Uint8Array(256);
  const bytes = [...new Set(keywords.flatMap((keyword) => [...Buffer.from(keyword, 'latin1')]))].sort((a, b) => a - b);
  bytes.forEach((byte, index) => {
    classes[byte] = index + 1;
    if (byte >= 0x61 && byte <= 0x7a) classes[byte - 0x20] = index + 1;
  });
  if (bytes.length >= 64) throw new Error('More than 63 different characters stand in keywords: take the odd one out.');
  return { classes, classCount: bytes.length + 1 };
}

function toTrie(keywords: readonly string[], classes: Uint8Array): Node {
  const root = toNode(0);
  keywords.forEach((keyword, index) => {
    let node = root;
    for (const byte of Buffer.from(keyword, 'latin1')) {
      const symbol = classes[byte] ?? 0;
      const next = node.next.get(symbol) ?? toNode(node.depth + 1);
      node.next.set(symbol, next);
      node = next;
    }
    node.ends.push(index);
  });
  return root;
}

function toNode(depth: number): Node {
  return { next: new Map(), depth, fail: undefined, ends: [], number: 0 };
}

/** Breadth first, so that a node's shorter suffixes are linked before it. Gives all nodes, the root first. */
function linkFailures(root: Node): Node[] {
  const nodes = [root];
  for (const node of nodes) {
    for (const [symbol, next] of node.next) {
      let suffix = node.fail;
      while (suffix !== undefined && !suffix.next.has(symbol)) suffix = suffix.fail;
      next.fail = suffix?.next.get(symbol) ?? root;
      next.ends = [...next.ends, ...next.fail.ends];
      nodes.push(next);
    }
  }
  return nodes;
}

function toArrays(nodes: readonly Node[]): Omit<Automaton, 'classes' | 'classCount' | 'code'> {
  const edgeStart: number[] = [0];
  const edgeClass: number[] = [];
  const edges: number[] = [];
  const endStart: number[] = [0];
  const ends: number[] = [];
  for (const node of nodes) {
    for (const [symbol, next] of node.next) {
      edgeClass.push(symbol);
      edges.push(next.number);
    }
    edgeStart.push(edges.length);
    if (node.ends.length > 0) {
      ends.push(...node.ends);
      endStart.push(ends.length);
    }
  }
  return {
    stateCount: nodes.length,
    firstFinal: nodes.length - (endStart.length - 1),
    edgeStart: Uint32Array.from(edgeStart),
    edgeClass: Uint8Array.from(edgeClass),
    edges: Uint32Array.from(edges),
    fail: Uint32Array.from(nodes, (node) => node.fail?.number ?? 0),
    endStart: Uint32Array.from(endStart),
    ends: Uint32Array.from(ends),
  };
}
