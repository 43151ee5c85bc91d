export const showOwnFile = (..._given: unknown[]): number => 0
