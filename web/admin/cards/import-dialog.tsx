import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Dialog } from '../ask/dialog.tsx';
import { useCardTexts } from './card-texts.ts';
import { ImportForm } from './import-form.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportResult } from './import-result.tsx';
import { type Upload, uploadCards } from './import-upload.ts';

interface Props {
  skuId: number;
  onImported: () => void;
  onClose: () => void;
}

/** Form, then progress, then what came of it. Closing the dialog stops an import under way. */
export function ImportDialog({ skuId, onImported, onClose }: Props) {
  const t = useCardTexts();
  const stop = useRef(new AbortController());
  const [sent, setSent] = useState(0);
  const importing = useMutation({
    mutationFn: (upload: Omit<Upload, 'skuId'>) => {
      stop.current = new AbortController();
      setSent(0);
      return uploadCards({ ...upload, skuId }, setSent, stop.current.signal);
    },
    // Also after a failure: what had come in by then is in.
    onSettled: onImported,
  });
  const close = () => {
    stop.current.abort();
    onClose();
  };
  return (
    <Dialog title={t('import.title')} wide onClose={close}>
      {importing.isPending ? (
        <ImportProgress sent={sent} onStop={() => stop.current.abort()} />
      ) : importing.data ? (
        <ImportResult report={importing.data} onAgain={importing.reset} onClose={close} />
      ) : (
        <ImportForm
          problem={importing.error}
          wasStopped={stop.current.signal.aborted}
          onStart={(upload) => importing.mutate(upload)}
        />
      )}
    </Dialog>
  );
}
