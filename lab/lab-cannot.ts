/** What this machine does not let a lab do, in words for whoever asked for it. */
export class LabCannot extends Error {
  override readonly name = 'LabCannot';
}
