import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTexts } from '../admin-texts.ts';
import { moveEntry } from './products-api.ts';

interface Props {
  kind: 'categories' | 'products' | 'skus';
  name: string;
  /** The list as it is shown, and where in it the entry stands. */
  of: readonly { id: number }[];
  at: number;
  onMoved: () => unknown;
}

/** Up and down, by pointer and by keyboard: the buttons keep the focus while the entry moves. */
export function MoveButtons({ kind, name, of, at, onMoved }: Props) {
  const t = useTexts();
  const moving = useMutation({
    mutationFn: ({ beside, side }: { beside: number; side: 'before' | 'after' }) =>
      moveEntry(kind, of[at]?.id ?? 0, { beside, side }),
    onSettled: onMoved,
  });
  const above = of[at - 1];
  const below = of[at + 1];
  const move = (beside: { id: number } | undefined, side: 'before' | 'after') => () => {
    if (beside && !moving.isPending) moving.mutate({ beside: beside.id, side });
  };
  // Not disabled at the ends, only said to be: a button that is taken away from under the keyboard loses the focus.
  return (
    <ActionIcon.Group>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('list.up', { name })}
        aria-disabled={!above || undefined}
        data-disabled={!above || undefined}
        onClick={move(above, 'before')}
      >
        <IconArrowUp size={18} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('list.down', { name })}
        aria-disabled={!below || undefined}
        data-disabled={!below || undefined}
        onClick={move(below, 'after')}
      >
        <IconArrowDown size={18} aria-hidden />
      </ActionIcon>
    </ActionIcon.Group>
  );
}
