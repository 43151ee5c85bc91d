/*
 * In which order variables are decided: those of the last conflicts first, since a search that failed there has something
 * to settle there. The queue is a linked list in which a variable is moved to the front when it takes part in a conflict;
 * every variable before the cursor is decided, so that the next one is found without looking at them again.
 */

/** Variables in the order in which they are to be decided. */
export class DecisionQueue {
  readonly #before: number[] = []
  readonly #after: number[] = []
  /** When each was last moved to the front. */
  readonly #stamp: number[] = []
  #front = -1
  #cursor = -1
  #time = 0

  /** Takes the next variable, not decided, in front of all others. */
  add(): void {
    const variable = this.#stamp.length
    this.#before.push(-1)
    this.#after.push(-1)
    this.#stamp.push(0)
    this.toFront(variable, false)
  }

  /** The first variable that is not decided; undefined where all are. */
  next(isDecided: (variable: number) => boolean): number | undefined {
    while (this.#cursor >= 0 && isDecided(this.#cursor)) this.#cursor = this.#after[this.#cursor] as number
    return this.#cursor < 0 ? undefined : this.#cursor
  }

  /** Says that a variable is decided no longer. */
  free(variable: number): void {
    const isEarlier = this.#cursor < 0 || (this.#stamp[variable] as number) > (this.#stamp[this.#cursor] as number)
    if (isEarlier) this.#cursor = variable
  }

  toFront(variable: number, isDecided: boolean): void {
    if (this.#front === variable) return
    const before = this.#before[variable] as number
    const after = this.#after[variable] as number
    if (before >= 0) this.#after[before] = after
    if (after >= 0) this.#before[after] = before
    if (this.#cursor === variable && isDecided) this.#cursor = after
    this.#before[variable] = -1
    this.#after[variable] = this.#front
    if (this.#front >= 0) this.#before[this.#front] = variable
    this.#front = variable
    this.#stamp[variable] = ++this.#time
    if (!isDecided) this.#cursor = variable
  }
}
