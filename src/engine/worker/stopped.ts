/** A look, or a reading of controls, was ended from here: the worker ends, or scanning was stopped. */
export class Stopped extends Error {}

export class LaneLost extends Error {
  constructor() {
    super('the lane went to another worker');
  }
}
