/** Runs every check over the evidence. */
import type { AuditFinding } from '../report/drill-record.ts';
import { labChecks } from './checks.ts';
import type { Evidence } from './evidence.ts';
import { look } from './lab-check.ts';

const sampleSize = 5;

export function judgeEvidence(evidence: Evidence): AuditFinding[] {
  const seen = look(evidence);
  return labChecks.map(({ id, says, broken }) => {
    const found = broken(seen);
    return { id, says, ok: found.length === 0, found: found.length, sample: found.slice(0, sampleSize) };
  });
}
