import { ActionIcon, Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type BuyerFieldKind, buyerFieldKinds, maxBuyerFields } from '../../../contract/buyer-answers.ts';
import { CountInput } from '../forms/count-input.tsx';
import { FieldGrid } from '../forms/field-grid.tsx';
import { newField } from './field-draft.ts';
import { useProductTexts } from './product-texts.ts';
import type { FieldDraft } from './sku-draft.ts';
import classes from './sku-list.module.css';

interface Props {
  fields: FieldDraft[];
  isWrong: boolean;
  onChange: (fields: FieldDraft[]) => void;
}

/** What buyers are asked for when they order goods that somebody makes for them. */
export function BuyerFieldsEditor({ fields, isWrong, onChange }: Props) {
  const t = useProductTexts();
  const change = (id: number, more: Partial<FieldDraft>) =>
    onChange(fields.map((field) => (field.id === id ? { ...field, ...more } : field)));
  return (
    <fieldset className={classes.steps}>
      <legend>{t('fields.title')}</legend>
      <p className={classes.none}>{t('fields.hint')}</p>
      {fields.map((field) => (
        <FieldEditor
          key={field.id}
          field={field}
          onChange={(more) => change(field.id, more)}
          onRemove={() => onChange(fields.filter((one) => one.id !== field.id))}
        />
      ))}
      {isWrong && (
        <p role="alert" className={classes.wrong}>
          {t('fields.wrong')}
        </p>
      )}
      {fields.length < maxBuyerFields && (
        <Button
          variant="subtle"
          size="sm"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onChange([...fields, newField(fields)])}
        >
          {t('fields.add')}
        </Button>
      )}
    </fieldset>
  );
}

interface FieldProps {
  field: FieldDraft;
  onChange: (more: Partial<FieldDraft>) => void;
  onRemove: () => void;
}

function FieldEditor({ field, onChange, onRemove }: FieldProps) {
  const t = useProductTexts();
  return (
    <div className={classes.field}>
      <FieldGrid>
        <TextInput
          label={t('fields.zh')}
          maxLength={60}
          value={field.zh}
          onChange={(event) => onChange({ zh: event.currentTarget.value })}
        />
        <TextInput
          label={t('fields.en')}
          maxLength={60}
          value={field.en}
          onChange={(event) => onChange({ en: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('fields.kind')}
          value={field.kind}
          onChange={(event) => onChange({ kind: event.currentTarget.value as BuyerFieldKind })}
          data={buyerFieldKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        />
        <TextInput
          label={t('fields.key')}
          description={t('fields.keyHint')}
          maxLength={30}
          spellCheck={false}
          value={field.key}
          onChange={(event) => onChange({ key: event.currentTarget.value.toLowerCase() })}
        />
      </FieldGrid>
      {field.kind === 'select' ? (
        <Textarea
          label={t('fields.options')}
          description={t('fields.optionsHint')}
          autosize
          minRows={2}
          maxRows={10}
          value={field.options}
          onChange={(event) => onChange({ options: event.currentTarget.value })}
        />
      ) : (
        <FieldGrid>
          <CountInput
            label={t('fields.minLength')}
            value={field.minLength}
            onChange={(minLength) => onChange({ minLength })}
          />
          <CountInput
            label={t('fields.maxLength')}
            value={field.maxLength}
            onChange={(maxLength) => onChange({ maxLength })}
          />
          <TextInput
            label={t('fields.pattern')}
            description={t('fields.patternHint')}
            maxLength={80}
            spellCheck={false}
            value={field.pattern}
            onChange={(event) => onChange({ pattern: event.currentTarget.value })}
          />
        </FieldGrid>
      )}
      <div className="cw-spread">
        <Checkbox
          label={t('fields.required')}
          checked={field.required}
          onChange={(event) => onChange({ required: event.currentTarget.checked })}
        />
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('fields.remove')} onClick={onRemove}>
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </div>
    </div>
  );
}
