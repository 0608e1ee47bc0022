/** What this machine does not let a lab do, in words for whoever asked for it. */
export class LabCannot extends Error {
  override readonly name = 'LabCannot';
}

/** What a lab does not do in the state it is in. */
export const labBusy = (why: string): LabCannot => new LabCannot(why);
