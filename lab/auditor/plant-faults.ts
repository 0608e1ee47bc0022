/**
 * The canary: one fault of each kind, planted into a copy of true evidence. An auditor that does not find each proves nothing
 * by finding none.
 */
import type { Evidence } from './evidence.ts';
import { cardsFaults } from './planted/cards.ts';
import { machinesFaults } from './planted/machines.ts';
import { moneyFaults } from './planted/money.ts';
import { ordersFaults } from './planted/orders.ts';
import type { PlantedFault } from './planted/planted-fault.ts';

export const plantedFaults: readonly PlantedFault[] = [
  ...ordersFaults,
  ...cardsFaults,
  ...moneyFaults,
  ...machinesFaults,
];

/** @returns the faults that went unnoticed, each in words; none is what it should be */
export function tryCanary(evidence: Evidence, judge: (evidence: Evidence) => { id: string; ok: boolean }[]): string[] {
  const clean = judge(evidence).filter(({ ok }) => !ok);
  if (clean.length > 0) return [`the evidence is not clean to begin with: ${clean.map(({ id }) => id).join(', ')}`];
  return plantedFaults.flatMap(({ name, foundBy, plant }) => {
    const copy = structuredClone(evidence);
    plant(copy);
    return judge(copy).some(({ id, ok }) => id === foundBy && !ok) ? [] : [`${name}: not found by ${foundBy}`];
  });
}
