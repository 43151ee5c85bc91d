/** What is drawn below the title of a picture, and where it ends. */
export interface Drawing {
  readonly content: string
  readonly height: number
}
