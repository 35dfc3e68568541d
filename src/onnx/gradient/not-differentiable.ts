import { Problem } from '../../problem.js';

/** A model holds operators that have no rule; the message names them all. */
export class NotDifferentiable extends Problem {}
