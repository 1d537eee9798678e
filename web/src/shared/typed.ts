/** Hearing what is typed into a field once it stands: what an input method still composes, as half of a word in pinyin,
 * is none yet. */

type Typing = Event & { currentTarget: HTMLInputElement };

/** The listeners of a field. */
export function typed(take: (text: string) => void) {
  return {
    onInput: (event: Typing & { isComposing?: boolean }): void => {
      if (!event.isComposing) take(event.currentTarget.value);
    },
    onCompositionEnd: (event: Typing): void => take(event.currentTarget.value),
  };
}
