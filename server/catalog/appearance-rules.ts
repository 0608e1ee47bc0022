/** What an appearance must keep to, beyond its schema. */
import type { UpdateAppearanceBody } from '../../contract/appearance.ts';
import { isReadable, readableColour } from '../../contract/shop-colours.ts';
import { cssFault } from './custom-css.ts';
import type { FieldFault } from './sku-rules.ts';

export function appearanceFaults(body: UpdateAppearanceBody): FieldFault[] {
  const faults: FieldFault[] = [];
  const { colour, announcement, customCss, links } = body;
  if (colour !== null && !isReadable(colour)) {
    const message = `is too light to be read and to carry white text; ${readableColour(colour)} is dark enough`;
    faults.push({ path: 'body/colour', message });
  }
  const { startsAt, endsAt } = announcement;
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt)
    faults.push({ path: 'body/announcement/endsAt', message: 'must be later than startsAt' });
  for (const [at, { zh, en }] of links.entries()) {
    if (zh.trim() === '' && en.trim() === '')
      faults.push({ path: `body/links/${at}/zh`, message: 'a link needs a name' });
  }
  const fault = cssFault(customCss);
  if (fault) faults.push({ path: 'body/customCss', message: `must not contain ${fault}` });
  return faults;
}
