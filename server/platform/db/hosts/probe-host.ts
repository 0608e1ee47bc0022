/** Asks one host how it is. The first look finds out what the server has; later ones ask only for that, which is cheap. */
import type { HostFacts } from './host-report.ts';
import { beatName, claimName } from './host-report.ts';
import type { HostSession } from './host-session.ts';

export interface HostLook {
  look(): Promise<HostFacts>;
}

/** Any of them on means that our writes would be refused. */
const refusals = ['read_only', 'super_read_only', 'innodb_read_only', 'tidb_super_read_only'];
const noSuchTable = 1146;
const noSuchDatabase = 1049;
const noDatabase = 1046;

export function createLook(session: HostSession): HostLook {
  let known: { readOnly: string[]; galera: boolean } | undefined;
  return {
    async look() {
      known ??= await whatIsThere(session);
      const readOnly = known.readOnly.length > 0 && (await anyIsOn(session, known.readOnly));
      const galeraState = known.galera ? await stateInCluster(session) : undefined;
      return { readOnly, galeraState, ...(await rememberedRows(session)) };
    },
  };
}

async function whatIsThere(session: HostSession) {
  const names = [...refusals, 'wsrep_on'].map((name) => `'${name}'`).join(', ');
  const rows = await session.rows(`SHOW GLOBAL VARIABLES WHERE Variable_name IN (${names})`);
  const found = new Map(rows.map((row) => [String(row.Variable_name).toLowerCase(), isOn(row.Value)]));
  return { readOnly: refusals.filter((name) => found.has(name)), galera: found.get('wsrep_on') ?? false };
}

async function anyIsOn(session: HostSession, names: readonly string[]): Promise<boolean> {
  const [row = {}] = await session.rows(`SELECT ${names.map((name) => `@@global.${name} AS ${name}`).join(', ')}`);
  return Object.values(row).some(isOn);
}

async function stateInCluster(session: HostSession): Promise<string> {
  const [row] = await session.rows("SHOW GLOBAL STATUS LIKE 'wsrep_local_state_comment'");
  return String(row?.Value ?? 'unknown');
}

/** A node outside the majority of its cluster refuses this; a new database has no such table. */
async function rememberedRows(session: HostSession): Promise<Pick<HostFacts, 'refusal' | 'rows'>> {
  try {
    const rows = await session.rows(`SELECT name, holder, fencing FROM ${leasesOf(session)} WHERE name IN (?, ?)`, [
      claimName,
      beatName,
    ]);
    return { refusal: undefined, rows: rows as HostFacts['rows'] & typeof rows };
  } catch (error) {
    const { errno } = error as { errno?: number };
    if (errno === undefined || !session.usable) throw error;
    return { refusal: errno, rows: [] };
  }
}

export const isNewDatabase = (refusal: number | undefined): boolean =>
  refusal === noSuchTable || refusal === noSuchDatabase || refusal === noDatabase;

export function leasesOf({ endpoint }: HostSession): string {
  return endpoint.database === '' ? 'leases' : `\`${endpoint.database.replaceAll('`', '``')}\`.leases`;
}

const isOn = (value: unknown): boolean => /^(on|1|true)$/i.test(String(value));
