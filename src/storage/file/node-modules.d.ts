/** The part of Node that is used here: the package does not ask those who never open a file to install its types. */
export interface FileHandle {
  stat(): Promise<{ readonly size: number }>
  read(buffer: Uint8Array, at: number, length: number, position: number): Promise<{ readonly bytesRead: number }>
  write(buffer: Uint8Array, at: number, length: number, position: number): Promise<{ readonly bytesWritten: number }>
  truncate(size: number): Promise<void>
  sync(): Promise<void>
  datasync(): Promise<void>
  close(): Promise<void>
}
export function link(path: string, second: string): Promise<void>
export function mkdir(path: string, options: { readonly recursive: true }): Promise<unknown>
export function open(path: string, flags: string): Promise<FileHandle>
export function readdir(path: string): Promise<string[]>
export function readFile(path: string, encoding: 'utf8'): Promise<string>
export function rename(path: string, other: string): Promise<void>
export function rm(path: string, options: { readonly force: true }): Promise<void>
export function join(...parts: string[]): string
export function resolve(...parts: string[]): string
export function hostname(): string
export function kill(pid: number, signal: number): true
export const pid: number
export interface Interval {
  unref(): void
}
export function setInterval(call: () => void, ms: number): Interval
export function clearInterval(interval: Interval | undefined): void
