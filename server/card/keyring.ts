/**
 * The card keys in memory. Only the card role opens one. It follows the key file: a value sealed by a key it does not
 * know makes it read the file again, and before sealing it looks (at most once a second) whether the active key has
 * changed, so a rotation reaches every serving process without a restart.
 */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Clock } from '../platform/clock.ts';
import { type LetterKey, letterKeyOf, letterPrivateKey, letterVersion, openLetter } from '../platform/sealed-letter.ts';
import { seal, sealedKeyId, unseal } from '../platform/sealed-text.ts';
import {
  createKeyFile,
  type FileMark,
  type KeyFile,
  KeyFileError,
  markOf,
  newKeyFile,
  readKeyFile,
} from './key-file.ts';

/** What a value is for. */
export type SealPurpose = 'card-number' | 'card-secret' | 'loop-card' | 'manual-delivery' | 'line-form';

export interface KeyringOptions {
  path: string;
  clock: Clock;
  /** Refuse a file that other users can read. On in production. */
  strict: boolean;
  /** Make the file when there is none. Off where the operator brings the key: a new one would not open the stock. */
  create: boolean;
}

/** The key file does not have the key that a value was sealed with. */
export class UnknownCardKey extends Error {
  override readonly name = 'UnknownCardKey';
  readonly keyId: number;
  constructor(keyId: number) {
    super(`the card key file has no key ${keyId}; put the key back that was in use when the card was imported`);
    this.keyId = keyId;
  }
}

export interface Sealed {
  bytes: Buffer;
  keyId: number;
}

/** How long a process may go on sealing with a key that is no longer the active one. */
export const keyFileLookMs = 1000;

export class Keyring {
  readonly path: string;
  readonly strict: boolean;
  readonly #clock: Clock;
  #keys: ReadonlyMap<number, KeyObject> = new Map();
  #active = 0;
  #hashKey: KeyObject;
  #mark: FileMark;
  #lookedAt: number;

  constructor({ path, clock, strict }: Omit<KeyringOptions, 'create'>) {
    this.path = path;
    this.strict = strict;
    this.#clock = clock;
    const { content, mark } = readKeyFile(path, strict);
    this.#hashKey = createSecretKey(content.hashKey);
    this.#mark = mark;
    this.#lookedAt = clock.monotonicMs();
    this.#take(content);
  }

  get activeKeyId(): number {
    this.#lookNowAndThen();
    return this.#active;
  }

  keyIds(): number[] {
    return [...this.#keys.keys()].sort((a, b) => a - b);
  }

  /**
   * @param owner what the value belongs to: the card_no_hash of a card, or see seal-owners.ts
   * @param keyId for values of one row, which share one `key_id`
   */
  seal(purpose: SealPurpose, owner: string, plain: string, keyId: number = this.activeKeyId): Sealed {
    const key = this.#keys.get(keyId);
    if (!key) throw new UnknownCardKey(keyId);
    return { bytes: seal(keyId, key, purpose, owner, plain), keyId };
  }

  /** Throws UnknownCardKey or SealBroken. */
  unseal(purpose: SealPurpose, owner: string, sealed: Uint8Array): string {
    const keyId = sealedKeyId(sealed);
    if (!this.#keys.has(keyId)) this.reload();
    const key = this.#keys.get(keyId);
    if (!key) throw new UnknownCardKey(keyId);
    if (sealed[0] === letterVersion) return openLetter(letterPrivateKey(key), purpose, owner, sealed);
    return unseal(key, purpose, owner, sealed);
  }

  /** What others seal with for the active key. */
  letterKey(): LetterKey {
    const keyId = this.activeKeyId;
    return letterKeyOf(keyId, letterPrivateKey(this.#keys.get(keyId) as KeyObject));
  }

  /** card_no_hash: the number of the card, or its secret when it has no number. 43 characters of base64url. */
  hash(identity: string): string {
    return createHmac('sha256', this.#hashKey).update(`card\0${identity}`, 'utf8').digest('base64url');
  }

  /** Reads the file again if it was replaced. A file that is missing or broken meanwhile leaves the known keys in place. */
  reload(): void {
    this.#lookedAt = this.#clock.monotonicMs();
    try {
      if (markOf(statSync(this.path)) === this.#mark) return;
      const { content, mark } = readKeyFile(this.path, this.strict);
      // Another hashKey would let every card of the stock be imported, and sold, a second time.
      if (!createSecretKey(content.hashKey).equals(this.#hashKey)) return;
      this.#take(content);
      this.#mark = mark;
    } catch (error) {
      if (!(error instanceof KeyFileError) && (error as NodeJS.ErrnoException).code === undefined) throw error;
    }
  }

  #lookNowAndThen(): void {
    if (this.#clock.monotonicMs() - this.#lookedAt >= keyFileLookMs) this.reload();
  }

  #take(content: KeyFile): void {
    this.#keys = new Map(content.keys.map(({ id, key }) => [id, createSecretKey(key)]));
    this.#active = content.active;
  }
}

/** Throws KeyFileError with a sentence for the operator. */
export function openKeyring({ path, clock, strict, create }: KeyringOptions): Keyring {
  try {
    return new Keyring({ path, clock, strict });
  } catch (error) {
    if (!(error instanceof KeyFileError && error.missing && create)) throw error;
    createKeyFile(path, newKeyFile(clock.now()));
    return new Keyring({ path, clock, strict });
  }
}
