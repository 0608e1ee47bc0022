/** Of the machines: nodes that hold the same, queues that ran dry, and the shop's own audit. */
import type { LabCheck } from '../lab-check.ts';

export const nodesAgree: LabCheck = {
  id: 'nodes',
  says: 'Every database node holds the same rows in every table.',
  broken({ nodes }) {
    const [first, ...others] = nodes;
    return others.flatMap((node) => {
      const tables = new Set([...Object.keys(first?.checksums ?? {}), ...Object.keys(node.checksums)]);
      return [...tables].flatMap((table) =>
        first?.checksums[table] === node.checksums[table]
          ? []
          : [`${table} differs between ${first?.name} and ${node.name}`],
      );
    });
  },
};

export const queuesAreEmpty: LabCheck = {
  id: 'queues',
  says: 'Nothing that is due still waits to be sent.',
  broken: ({ shop }) =>
    [...Map.groupBy(shop.dueOutbox, (topic) => topic)].map(
      ([topic, all]) => `${all.length} of ${topic} are due and not sent`,
    ),
};

export const ownAuditHolds: LabCheck = {
  id: 'audit',
  says: '`cardwell audit` holds, with the journals of all processes.',
  broken: ({ audit }) =>
    audit.checks.flatMap(({ id, ok, found, sample }) => (ok ? [] : [`${id}, ${found} times: ${sample.join('; ')}`])),
};
