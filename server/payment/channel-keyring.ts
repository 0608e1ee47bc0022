/**
 * The key that channel settings are sealed with. It is not the card key: who takes payments must not be able to read the
 * stock. Secrets of second factors and of notification targets are sealed with it too, each for a purpose of its own.
 *
 * `cardwell rotate-keys --channels` changes it while the shop is open: a process that meets a value sealed with a key it does
 * not know, or that is about to seal after the file was replaced, reads the file again.
 */
import { SealBroken, seal, sealedKeyId, unseal } from '../platform/sealed-text.ts';
import { type ChannelKeyOptions, channelKeyMark, type NumberedKey, readChannelKeys } from './channel-key-file.ts';

export const settingsPurpose = 'channel-settings';

export interface ChannelKeyring {
  /** @param code of the channel: settings copied into another row do not open */
  seal(code: string, plain: string): Buffer;
  /** Throws SealBroken. */
  unseal(code: string, sealed: Uint8Array): string;
  /** The same key for something else: what is sealed for one purpose does not open for another. */
  boxFor(purpose: string): SealedBox;
}

export interface SealedBox {
  seal(owner: string, plain: string): Buffer;
  /** Throws SealBroken. */
  unseal(owner: string, sealed: Uint8Array): string;
}

export function openChannelKeyring(options: ChannelKeyOptions): ChannelKeyring {
  let mark = channelKeyMark(options.path);
  let keys = readChannelKeys(options);
  /** What cannot be read now stays as it was read before. */
  const look = (): void => {
    const now = channelKeyMark(options.path);
    if (now === '' || now === mark) return;
    keys = readChannelKeys({ ...options, create: false });
    mark = now;
  };
  const find = (id: number): NumberedKey | undefined => keys.find((one) => one.id === id);
  const boxFor = (purpose: string): SealedBox => ({
    seal(owner, plain) {
      look();
      const { id, key } = keys[0] as NumberedKey;
      return seal(id, key, purpose, owner, plain);
    },
    unseal(owner, sealed) {
      const id = sealedKeyId(sealed);
      if (!find(id)) look();
      const found = find(id);
      if (!found) throw new SealBroken('it is sealed with a key that is not in the channel key file');
      return unseal(found.key, purpose, owner, sealed);
    },
  });
  return { ...boxFor(settingsPurpose), boxFor };
}
