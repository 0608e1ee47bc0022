import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { PictureView } from '../../../contract/pictures.ts';
import { type FileFault, fileFault, uploadPicture } from './picture-upload.ts';

export interface WrongFile {
  name: string;
  fault: FileFault;
}

/** Sends files one after the other; each that arrives is told at once. */
export function useUploads(onAdded: (picture: PictureView) => void) {
  const [wrong, setWrong] = useState<WrongFile>();
  const sending = useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) onAdded(await uploadPicture(file));
    },
  });
  const send = (files: readonly File[]) => {
    const found = files.flatMap((file) => {
      const fault = fileFault(file);
      return fault ? [{ name: file.name, fault }] : [];
    });
    setWrong(found[0]);
    const good = files.filter((file) => !fileFault(file));
    if (good.length > 0) sending.mutate(good);
  };
  return { send, wrong, isSending: sending.isPending, problem: sending.error };
}
