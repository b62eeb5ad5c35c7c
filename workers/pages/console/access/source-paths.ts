/** 来源的地址: where sources are listed, each with its labs, and the way back there. */
export const sourcesPath = '/console/sources';
export const backToSources = { href: sourcesPath, label: '回到来源' };

export const sourcePath = (id: string): string => `${sourcesPath}/${id}`;
export const mappingPath = (id: string): string => `${sourcePath(id)}/mapping`;
export const signaturePath = (id: string): string => `${sourcePath(id)}/signature`;
export const replayPath = (id: string): string => `${sourcePath(id)}/replay`;
