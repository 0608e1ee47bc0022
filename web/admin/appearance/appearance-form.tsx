import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import type { Appearance } from '../../../contract/appearance.ts';
import { focusFirst } from '../access/focus-first.ts';
import { FormActions } from '../forms/form-actions.tsx';
import { useDraft } from '../forms/use-draft.ts';
import { shopQuery } from '../queries.ts';
import { appearanceQuery, updateAppearance } from './appearance-api.ts';
import { appearanceBody, appearanceFaults, type Part, parts } from './appearance-draft.ts';
import { CssPart } from './css-part.tsx';
import { FooterPart } from './footer-part.tsx';
import { LookPart } from './look-part.tsx';
import { NewsPart } from './news-part.tsx';

interface Props {
  appearance: Appearance;
  part: Part;
  /** Shows the part in which something is wrong. */
  onPart: (part: Part) => void;
  /** With only what a new shop needs first. */
  submit?: string;
  onSaved?: () => void;
}

const views = { look: LookPart, news: NewsPart, footer: FooterPart, css: CssPart };

/** One form over all its parts: what was typed in one stays while another is shown, and all is saved together. */
export function AppearanceForm({ appearance, part, onPart, submit, onSaved }: Props) {
  const client = useQueryClient();
  const { draft, set } = useDraft(appearance);
  const [wasTried, setWasTried] = useState(false);
  const [wanted, setWanted] = useState<string>();
  const faults = appearanceFaults(draft);
  const saving = useMutation({
    mutationFn: () => updateAppearance(appearanceBody(draft)),
    onSuccess: (saved) => {
      set('version')(saved.version);
      client.setQueryData(appearanceQuery.queryKey, saved);
      void client.invalidateQueries({ queryKey: shopQuery.queryKey });
      onSaved?.();
    },
  });
  useEffect(() => {
    if (wanted) focusFirst({ [wanted]: true });
    setWanted(undefined);
  }, [wanted]);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    const faulty = parts.find((one) => faults[one].length > 0);
    if (faulty) {
      onPart(faulty);
      setWanted(faults[faulty][0]);
    } else if (!saving.isPending) saving.mutate();
  };
  const View = views[part];
  return (
    <form className="cw-panel cw-stack" onSubmit={onSubmit} noValidate>
      <View draft={draft} set={set} wrong={(id) => wasTried && faults[part].includes(id)} />
      <FormActions
        action="settings.change"
        saving={saving}
        {...(submit && { submit })}
        onReload={() => void client.resetQueries({ queryKey: appearanceQuery.queryKey })}
      />
    </form>
  );
}
