/** Faults of machines: nodes that differ, messages that stay, an audit that fails. */
import { everywhere, type PlantedFault, some } from './planted-fault.ts';

export const machinesFaults: readonly PlantedFault[] = [
  {
    name: 'one node has another row',
    foundBy: 'nodes',
    plant(evidence) {
      const node = some('second node', evidence.nodes[1]);
      node.checksums = { ...node.checksums, orders: 'another' };
    },
  },
  {
    name: 'a message is never sent',
    foundBy: 'queues',
    plant: (evidence) => everywhere(evidence, (node) => node.dueOutbox.push('mail.order-delivered')),
  },
  {
    name: 'the audit of the shop fails',
    foundBy: 'audit',
    plant(evidence) {
      const [check] = evidence.audit.checks;
      Object.assign(some('check', check), { ok: false, found: 1, sample: ['planted'] });
      evidence.audit = { ...evidence.audit, ok: false };
    },
  },
];
