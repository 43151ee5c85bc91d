import type { Random } from './random.js'

const firstNames = words(
  'Ada Aisha Alma Amir Anders Anouk Arjun Astrid Aylin Bruno Camille Carlos Chidi Chiara Clara Daan Dmitri Elif',
  'Elena Emil Esra Farid Femi Finn Freya Gabriel Greta Hana Hugo Ines Ingrid Ivan Jana Joao Jonas Kenji Lara',
  'Leila Liam Lin Lucia Magnus Mara Marek Mei Milan Mina Nadia Nils Noor Nora Olga Omar Otto Paula Pia Priya',
  'Rafael Rosa Sami Sofia Sven Tariq Tess Tomas Vera Wanda Yara Yusuf Zoe',
)

const lastNames = words(
  'Abe Adeyemi Andersson Bakker Becker Bellini Berg Blanc Borges Brandt Castro Costa Dahl Demir Diallo Dubois',
  'Eriksen Falk Fernandez Fischer Fontaine Garcia Gruber Haddad Hansen Herrera Hoffmann Horvat Ito Jansen Kaya',
  'Keller Khan Kim Klein Kovacs Kowalski Kumar Lang Larsen Lehmann Lindqvist Lopez Maier Marino Martins Meyer',
  'Moreau Mueller Nakamura Navarro Nguyen Novak Nowak Okafor Olsen Ortiz Petrov Pereira Quist Rao Ricci Romano',
  'Rossi Saito Santos Sato Schmidt Silva Singh Sokolov Tanaka Torres Varga Virtanen Vogel Weber Winter Wolf',
  'Yilmaz Zhang Ziegler',
)

/** A first and a last name; with a few thousand people some come twice, as they do. */
export function name(random: Random): string {
  return `${random.pick(firstNames)} ${random.pick(lastNames)}`
}

/** An address that nobody else has: the number sees to that. */
export function email(of: string, number: number): string {
  return `${of.toLowerCase().replace(' ', '.')}.${number}@example.com`
}

function words(...lines: readonly [string, ...string[]]): readonly [string, ...string[]] {
  return lines.join(' ').split(' ') as [string, ...string[]]
}
