import type { GraphProto, ModelProto, NodeProto } from '../generated/onnx-ml_pb.js';

/*
 * What `Carried.carried` holds: the parts of each message that the domain types do not show, where the file has them.
 */

export type CarriedByModel = Partial<
  Pick<ModelProto, 'domain' | 'modelVersion' | 'docString' | 'trainingInfo' | 'functions' | 'configuration'>
>;
export type CarriedByGraph = Partial<
  Pick<GraphProto, 'docString' | 'sparseInitializer' | 'quantizationAnnotation' | 'metadataProps'>
>;
export type CarriedByNode = Partial<
  Pick<NodeProto, 'docString' | 'overload' | 'metadataProps' | 'deviceConfigurations'>
>;

/** The given fields of a message as far as they are set; an empty list counts as not set. */
export function setFields<Message extends object, Field extends keyof Message>(
  message: Message,
  fields: readonly Field[],
): Partial<Pick<Message, Field>> | undefined {
  const set = fields.filter((field) => {
    const value = message[field];
    return Object.hasOwn(message, field) && !(Array.isArray(value) && value.length === 0);
  });
  if (set.length === 0) return undefined;
  return Object.fromEntries(set.map((field) => [field, message[field]])) as Partial<Pick<Message, Field>>;
}
