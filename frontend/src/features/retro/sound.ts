let audio: AudioContext | undefined;

/** Two soft tones. A browser in which nobody has pressed anything yet stays silent. */
export function chime(): void {
  try {
    audio ??= new AudioContext();
    const from = audio.currentTime;
    for (const [i, hertz] of [523.25, 392].entries()) {
      const tone = audio.createOscillator();
      const loud = audio.createGain();
      const at = from + i * 0.22;
      tone.type = 'sine';
      tone.frequency.value = hertz;
      loud.gain.setValueAtTime(0, at);
      loud.gain.linearRampToValueAtTime(0.06, at + 0.03);
      loud.gain.exponentialRampToValueAtTime(0.0001, at + 0.5);
      tone.connect(loud).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.55);
    }
  } catch {
    // no sound here; the word says it
  }
}
