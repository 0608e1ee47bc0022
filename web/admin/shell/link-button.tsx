import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { forwardRef } from 'react';

interface Props extends ButtonProps, Omit<React.AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> {}

const Anchor = forwardRef<HTMLAnchorElement, Props>((props, ref) => <Button component="a" ref={ref} {...props} />);

/** A link of the router that looks like a button. */
export const LinkButton = createLink(Anchor);
