/**
 * Decrypts what an order bought, for somebody the caller has found entitled to it. A card is in the issue journal before
 * anybody sees it, so that a database which loses the commit cannot make us sell it again (INV-10).
 */
import type { CardView } from '../../contract/shop.ts';
import { passCheckpoint } from '../platform/checkpoints.ts';
import type { Database } from '../platform/db/database.ts';
import type { IssueJournal } from '../platform/journal/issue-journal.ts';
import { type IssuedCard, issuedCards, issuedLoopCards, manualDeliveries } from './issue-store.ts';
import type { Keyring } from './keyring.ts';
import { letOthersRun } from './let-others-run.ts';
import { loopCardOwner, manualDeliveryOwner } from './seal-owners.ts';

export interface ShowCardsInput {
  orderId: string;
  /** The lines of the order, from its reader. */
  lines: readonly { lineNo: number; skuId: number; productName: string; skuName: string }[];
}

const pageSize = 2000;
/** Two decryptions each, 13 us together: 3 ms at a stretch. */
const cardsAtAStretch = 250;

export interface ShowDeps {
  database: Database;
  keyring: Keyring;
  journal: IssueJournal;
}

/** What the desk sees beyond what the buyer does: which card it is, and those that were replaced. */
export interface DeskCardView extends CardView {
  /** Null for what is not a card of its own: a loop card, or what a person delivered. */
  cardId: number | null;
  replacedBy: number | null;
}

/** The cards by line, exclusive ones in the order they were imported; a loop card is shown once for its line. */
export async function showCards(deps: ShowDeps, input: ShowCardsInput): Promise<CardView[]> {
  const cards = await openCards(deps, input, { replaced: false });
  return cards.map(({ cardId: _, replacedBy: __, ...card }) => card);
}

/** The same for the desk, with bad cards that were replaced. Who may look is for the caller to judge and to write down. */
export function showCardsToDesk(deps: ShowDeps, input: ShowCardsInput): Promise<DeskCardView[]> {
  return openCards(deps, input, { replaced: true });
}

async function openCards(
  { database, keyring, journal }: ShowDeps,
  { orderId, lines }: ShowCardsInput,
  options: { replaced: boolean },
): Promise<DeskCardView[]> {
  const exclusive = await everyIssuedCard(database, orderId, options);
  await journal.ensureRecorded(
    exclusive.map((card) => ({ cardId: card.card_id, orderId, at: card.issued_at, cardHash: card.card_no_hash })),
  );
  passCheckpoint('issue.before-show');

  const views: DeskCardView[] = [];
  const show = (
    lineNo: number,
    number: string | null,
    secret: string,
    card: { cardId: number | null; replacedBy: number | null } = { cardId: null, replacedBy: null },
  ) => {
    const line = lines.find((one) => one.lineNo === lineNo);
    if (!line) throw new Error(`order ${orderId} has cards for line ${lineNo}, which it does not have`);
    const { skuId, productName, skuName } = line;
    views.push({ lineNo, skuId, productName, skuName, number, secret, ...card });
  };
  for (const [i, card] of exclusive.entries()) {
    if (i % cardsAtAStretch === cardsAtAStretch - 1) await letOthersRun();
    const owner = card.card_no_hash;
    const number = card.card_no && keyring.unseal('card-number', owner, card.card_no);
    const which = { cardId: card.card_id, replacedBy: card.new_card_id };
    show(card.line_no, number, keyring.unseal('card-secret', owner, card.card_secret), which);
  }
  for (const { line_no, sku_id, secret } of await issuedLoopCards(database.read, orderId)) {
    show(line_no, null, keyring.unseal('loop-card', loopCardOwner(sku_id), secret));
  }
  for (const { line_no, content } of await manualDeliveries(database.read, orderId)) {
    show(line_no, null, keyring.unseal('manual-delivery', manualDeliveryOwner(orderId, line_no), content));
  }
  return views.sort((a, b) => a.lineNo - b.lineNo);
}

/** An order may hold a hundred thousand cards; no statement reads them all at once. */
async function everyIssuedCard(
  database: Database,
  orderId: string,
  options: { replaced: boolean },
): Promise<IssuedCard[]> {
  const cards: IssuedCard[] = [];
  for (;;) {
    const page = await issuedCards(database.read, orderId, cards.at(-1)?.card_id ?? 0, pageSize, options);
    cards.push(...page);
    if (page.length < pageSize) return cards;
  }
}
