/** The topic `restock`: {waitId} -> the mail. A buyer who took the wish back meanwhile, or a product that is gone, needs none. */
import type { Language } from '../../../contract/common.ts';
import type { Database } from '../../platform/db/database.ts';
import { sha256 } from '../../platform/ids.ts';
import type { Mailer } from '../mailer.ts';
import type { OutboxMessage } from '../outbox-store.ts';
import type { SendOutcome, Topic } from '../send-outbox.ts';
import { restockMail } from './restock-mail.ts';
import { readWait } from './restock-store.ts';

export interface RestockTopicDeps {
  database: Database;
  mailer: Mailer;
  baseUrl: string;
  shopName(): Promise<string>;
  /** Undefined when it is no longer on sale. */
  product(skuId: number, lang: Language): Promise<{ name: string; slug: string } | undefined>;
}

/** Some three hours; later it is hardly true any more. */
const tries = 14;
const maxWaitMs = 30 * 60_000;

export function restockTopic(deps: RestockTopicDeps): Topic {
  return {
    send: (message) => send(deps, message),
    maxWaitMs,
    slowWaitMs: maxWaitMs,
    mayBeStopped: true,
    tellsNobody: true,
  };
}

async function send(deps: RestockTopicDeps, message: OutboxMessage): Promise<SendOutcome> {
  const wait = await readWait(deps.database.read, Number(message.payload.waitId));
  if (!wait) return undefined;
  const lang = wait.lang === 'en' ? 'en' : 'zh';
  const product = await deps.product(wait.skuId, lang);
  if (!product) return { error: 'it is no longer on sale', last: true };
  const content = restockMail({
    lang,
    shop: await deps.shopName(),
    product: product.name,
    productUrl: `${deps.baseUrl}/products/${product.slug}`,
    stopUrl: `${deps.baseUrl}/restock/stop?token=${wait.token}`,
  });
  const messageId = `<${sha256(message.id)}@${new URL(deps.baseUrl).hostname}>`;
  try {
    await deps.mailer.send({ ...content, to: wait.contact, messageId });
    return undefined;
  } catch (error) {
    return { error: (error as Error).message, last: message.attempts + 1 >= tries };
  }
}
