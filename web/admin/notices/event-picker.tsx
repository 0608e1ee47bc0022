import { Checkbox } from '@mantine/core';
import { type NoticeEventName, severities } from '../../../contract/notices.ts';
import classes from './event-picker.module.css';
import { useNoticeTexts } from './notice-texts.ts';
import type { TellableEvent } from './notices-api.ts';

interface Props {
  events: readonly TellableEvent[];
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** What a target is told of, the gravest first. */
export function EventPicker({ events, value, onChange }: Props) {
  const t = useNoticeTexts();
  return (
    <Checkbox.Group aria-label={t('events')} value={[...value]} onChange={onChange}>
      <div className={classes.groups}>
        {severities.map((severity) => (
          <fieldset key={severity} className={classes.group}>
            <legend className={classes.legend}>{t(`severity.${severity}`)}</legend>
            {events
              .filter((one) => one.severity === severity)
              .map(({ event }) => (
                <Checkbox key={event} value={event} label={t(`event.${event as NoticeEventName}`)} />
              ))}
          </fieldset>
        ))}
      </div>
    </Checkbox.Group>
  );
}
