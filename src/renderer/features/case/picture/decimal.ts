// Numbers with a decimal comma, as both languages write them.
/** «34,2»; no minus before zero. */
export const decimal = (value: number, places: number): string => {
  const text = value.toFixed(places);
  return (Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')).replace('.', ',');
};
