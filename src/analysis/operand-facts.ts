import { epochDay, isDay, isInstant } from '../contacts/value.js'
import { isLiteral, type Operand } from '../rules/ast.js'
import type { Atoms } from './atoms.js'
import type { ItemAtoms } from './item-atoms.js'
import type { Subject } from './subject.js'
import type { TagAtoms } from './tag-atoms.js'

/** What is known of operands by what they are made of: a sum is there only where its parts are, a tag has a time where it is. */
export class OperandFacts {
  readonly #atoms: Atoms
  readonly #tags: TagAtoms
  readonly #items: ItemAtoms

  constructor(atoms: Atoms, tags: TagAtoms, items: ItemAtoms) {
    this.#atoms = atoms
    this.#tags = tags
    this.#items = items
  }

  /** Says what is known of an operand that is met for the first time. */
  tell(operand: Operand, subject: Subject): void {
    const { circuit } = this.#atoms
    if (isLiteral(operand)) {
      if (isInstant(operand)) circuit.require(subject.between('instant', operand.instant, operand.instant + 1))
      else if (isDay(operand)) circuit.require(subject.between('day', epochDay(operand), epochDay(operand) + 1))
      return
    }
    switch (operand.get) {
      case 'attribute':
      case 'contactId':
      case 'tagCount':
      case 'property':
        return
      case 'tagAdded': {
        const has = this.#tags.has(operand.tag)
        circuit.implies(has, subject.present)
        circuit.implies(subject.present, has)
        return
      }
      case 'length':
        this.#tellLength(operand.of, subject)
        return
      case 'plus':
      case 'minus':
      case 'times':
      case 'dividedBy':
        circuit.implies(subject.present, this.#atoms.subject(operand.right).is('number'))
        circuit.implies(subject.present, this.#atoms.subject(operand.left).present)
        return
      case 'later':
      case 'earlier':
        circuit.implies(subject.present, this.#atoms.subject(operand.of).isOneOf(['instant', 'day']))
        return
      default:
        this.#items.tell(operand, subject)
    }
  }

  /** A list has a length just where it is one, and what is said of the length is said of the list. */
  #tellLength(of: Operand, subject: Subject): void {
    const { circuit } = this.#atoms
    const { lists } = this.#atoms.subject(of)
    subject.shareNumbers(lists.length)
    circuit.implies(subject.present, lists.isList)
    circuit.implies(lists.isList, subject.present)
  }
}
