/** The picture of a lab as text: a column for each zone. */
import type { LabPicture, ProcessPicture, ZonePicture } from './picture.ts';

const columnWidth = 26;
const paint = { good: 32, warn: 33, bad: 31, strong: 1, faint: 2 };
type Paint = keyof typeof paint;

interface Cell {
  text: string;
  paint?: Paint | undefined;
}

export function drawPicture(picture: LabPicture, colours: boolean): string {
  const put = ({ text, paint: name }: Cell, width = columnWidth) => {
    const padded = text.slice(0, width).padEnd(width);
    return colours && name ? `\u001b[${paint[name]}m${padded}\u001b[0m` : padded;
  };
  const columns = picture.zones.map(columnOf);
  const height = Math.max(...columns.map((one) => one.length));
  const rows = Array.from({ length: height }, (_, i) =>
    columns
      .map((one) => put(one[i] ?? { text: '' }))
      .join('  ')
      .trimEnd(),
  );
  const rate = picture.ordersPerSecond === undefined ? 'nobody counts orders' : `${picture.ordersPerSecond} orders/s`;
  const holders = picture.vipHolders.map((zone) => `zone-${zone}`).join(' and ') || 'nobody';
  return [
    put({ text: `Cardwell lab  ${picture.shopUrl}  ${rate}  ${picture.memoryMb} MB`, paint: 'strong' }, 100).trimEnd(),
    picture.namespaces
      ? `virtual IP: ${holders}   writer: ${named(picture.writer)}   scans: ${named(picture.leader)}`
      : `on loopback addresses   writer: ${named(picture.writer)}   scans: ${named(picture.leader)}`,
    '',
    ...rows,
    '',
    picture.street
      .map((one) => put(processCell(one)))
      .join('  ')
      .trimEnd(),
  ].join('\n');
}

const named = (zone: string | undefined) => (zone ? `zone-${zone}` : 'nobody');

function columnOf(zone: ZonePicture): Cell[] {
  const titles = [zone.vip && 'VIP', zone.database.writer && 'writer', zone.leader && 'leader']
    .filter(Boolean)
    .join(' ');
  const { state, clusterSize } = zone.database;
  const synced = state === 'Synced' && clusterSize === 3;
  return [
    { text: `zone-${zone.zone}  ${titles}`, paint: 'strong' },
    ...(zone.partitioned ? [{ text: 'cut off', paint: 'bad' as const }] : []),
    { text: `database  ${state}, ${clusterSize} of 3`, paint: synced ? 'good' : 'bad' },
    ...zone.redis.map(
      ({ name, role }): Cell => ({ text: `${name.padEnd(11)}${role}`, paint: role === 'down' ? 'bad' : 'good' }),
    ),
    { text: '-'.repeat(columnWidth), paint: 'faint' },
    ...zone.processes.filter(({ kind }) => !kind.startsWith('redis')).map(processCell),
  ];
}

function processCell({ name, state, memoryMb }: ProcessPicture): Cell {
  const colour = { up: 'good', waiting: 'warn', paused: 'warn', down: 'bad' } as const;
  const memory = state === 'down' ? '' : `${Math.round(memoryMb)} MB`;
  return { text: `${name.padEnd(13)}${state.padEnd(8)}${memory.padStart(5)}`, paint: colour[state] };
}
