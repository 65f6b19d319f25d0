/** `unreachable`: nobody listens there. `refused`: the engine said no. `lost`: it went away, or is no engine. */
export class AttachError extends Error {
  readonly kind: 'unreachable' | 'refused' | 'lost';

  constructor(kind: AttachError['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AttachError';
    this.kind = kind;
  }
}
