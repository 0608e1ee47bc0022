import { NativeSelect, TextInput } from '@mantine/core';
import { type AnnouncementLevel, announcementLevels } from '../../../contract/appearance.ts';
import { FieldGrid } from '../forms/field-grid.tsx';
import { fromLocalTime, localTime } from '../forms/local-time.ts';
import { useAppearanceTexts } from './appearance-texts.ts';
import { BothInputs } from './both-inputs.tsx';
import type { PartProps } from './look-part.tsx';

export function NewsPart({ draft, set, wrong }: PartProps) {
  const t = useAppearanceTexts();
  const news = draft.announcement;
  const change = (fields: Partial<typeof news>) => set('announcement')({ ...news, ...fields });
  return (
    <>
      <BothInputs
        label={t('news')}
        labelEn={t('newsEn')}
        hint={t('newsHint')}
        maxLength={2000}
        rows={3}
        value={news}
        onChange={change}
      />
      <FieldGrid>
        <NativeSelect
          label={t('level')}
          value={news.level}
          data={announcementLevels.map((level) => ({ value: level, label: t(`level.${level}`) }))}
          onChange={(event) => change({ level: event.currentTarget.value as AnnouncementLevel })}
        />
      </FieldGrid>
      <FieldGrid>
        <TextInput
          type="datetime-local"
          label={t('startsAt')}
          description={t('windowHint')}
          value={localTime(news.startsAt)}
          onChange={(event) => change({ startsAt: fromLocalTime(event.currentTarget.value) })}
        />
        <TextInput
          id="news-ends"
          type="datetime-local"
          label={t('endsAt')}
          description={t('windowHint')}
          value={localTime(news.endsAt)}
          error={wrong('news-ends') && t('windowWrong')}
          onChange={(event) => change({ endsAt: fromLocalTime(event.currentTarget.value) })}
        />
      </FieldGrid>
    </>
  );
}
