/** Answers that cannot change for an object and a key, kept for as long as the object lives. Speed only. */
export function remembered<O extends object, K, A>(answer: (object: O, key: K) => A): (object: O, key: K) => A {
  const kept = new WeakMap<O, Map<K, A>>();
  return (object, key) => {
    const answers = kept.get(object) ?? new Map<K, A>();
    kept.set(object, answers);
    if (!answers.has(key)) answers.set(key, answer(object, key));
    return answers.get(key) as A;
  };
}
