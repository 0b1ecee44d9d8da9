import type { Detector, PlaybookEntry } from '../detect/detector.js';

/** What `rotate` and its kin need of a detector: everything but how it is found. */
export function toPlaybookEntry(id: string, detector: Detector): PlaybookEntry {
  const { provider, aliases = [], category, about, docs, hosts, rotate } = detector;
  const formats = detector.formats.map((format) => ({
    id: format.id,
    name: format.name,
    severity: format.severity,
    isPublic: format.isPublic ?? false,
  }));
  return { id, provider, aliases, category, about, docs, hosts, formats, rotate };
}
