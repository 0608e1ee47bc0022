import { Button, FileButton, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { FieldGrid } from '../forms/field-grid.tsx';
import { useCardTexts } from './card-texts.ts';
import classes from './import.module.css';
import type { Upload } from './import-upload.ts';
import { countLines, type PreviewLine, previewLines } from './preview-lines.ts';

interface Props {
  problem: unknown;
  wasStopped: boolean;
  onStart: (upload: Omit<Upload, 'skuId'>) => void;
}

export function ImportForm({ problem, wasStopped, onStart }: Props) {
  const t = useCardTexts();
  const [way, setWay] = useState<'paste' | 'file'>('paste');
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [separator, setSeparator] = useState('----');
  const [source, setSource] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const cards = useMemo(() => (way === 'paste' ? new Blob([text]) : file), [way, text, file]);
  const isEmpty = !cards || cards.size === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (cards && !isEmpty) onStart({ cards, separator, source: source.trim() || (file?.name ?? t(`import.${way}`)) });
  };
  return (
    <form className="cw-stack" onSubmit={submit} noValidate>
      <SegmentedControl
        aria-label={t('import.title')}
        value={way}
        onChange={(value) => setWay(value === 'file' ? 'file' : 'paste')}
        data={[
          { value: 'paste', label: t('import.paste') },
          { value: 'file', label: t('import.file') },
        ]}
      />
      {way === 'paste' ? (
        <Textarea
          label={t('import.text')}
          description={t('import.textHint', { separator })}
          rows={8}
          spellCheck={false}
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          classNames={{ input: classes.mono ?? '' }}
        />
      ) : (
        <div>
          <FileButton accept=".txt,.csv,text/plain,text/csv" onChange={setFile}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileText size={18} aria-hidden />}>
                {file?.name ?? t('import.choose')}
              </Button>
            )}
          </FileButton>
          <p className={classes.hint}>{t('import.fileHint')}</p>
        </div>
      )}
      <FieldGrid>
        <TextInput
          label={t('import.separator')}
          description={t('import.separatorHint')}
          maxLength={20}
          spellCheck={false}
          value={separator}
          onChange={(event) => setSeparator(event.currentTarget.value)}
        />
        <TextInput
          label={t('import.source')}
          maxLength={200}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
      </FieldGrid>
      {cards && !isEmpty && <Preview cards={cards} separator={separator} />}
      {wasTried && isEmpty && (
        <p role="alert" className={classes.empty}>
          {t('import.empty')}
        </p>
      )}
      {wasStopped ? <p role="status">{t('import.stopped')}</p> : problem ? <ProblemNotice problem={problem} /> : null}
      <div className={classes.actions}>
        <Button type="submit">{t('import.start')}</Button>
      </div>
    </form>
  );
}

/** What the server will read. Only the head of a file is looked at; its lines are counted as it streams by. */
function Preview({ cards, separator }: { cards: Blob; separator: string }) {
  const t = useCardTexts();
  const [lines, setLines] = useState<PreviewLine[]>([]);
  const [count, setCount] = useState<number>();
  useEffect(() => {
    let isOld = false;
    void previewLines(cards, separator).then((found) => !isOld && setLines(found));
    return () => {
      isOld = true;
    };
  }, [cards, separator]);
  useEffect(() => {
    const stop = new AbortController();
    void countLines(cards, stop.signal).then((found) => !stop.signal.aborted && setCount(found));
    return () => stop.abort();
  }, [cards]);
  return (
    <div className={classes.preview}>
      <div className="cw-spread">
        <span>{t('import.preview', { count: lines.length })}</span>
        <span>{count !== undefined && t('import.lines', { count: count.toLocaleString() })}</span>
      </div>
      <table className={classes.lines}>
        <thead>
          <tr>
            <th scope="col">{t('import.number')}</th>
            <th scope="col">{t('import.secret')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.line}>
              <td>{line.number ?? t('import.noNumber')}</td>
              <td>{line.secret}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
