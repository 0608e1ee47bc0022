import type { Db } from '../../platform/db/database.ts';

export async function countOpenCases(db: Db): Promise<number> {
  const row = await db
    .selectFrom('review_cases')
    .select((eb) => eb.fn.countAll<number>().as('cases'))
    .where('status', '=', 'open')
    .executeTakeFirst();
  return Number(row?.cases ?? 0);
}
