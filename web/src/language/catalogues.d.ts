declare module 'messages:*' {
  const messages: Record<string, (values: Record<string, string | number>) => string>;
  export default messages;
}
