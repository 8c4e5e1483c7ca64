export declare const ROOT: string;
export declare const STAMP: string;
export declare function digestOfInputs(): string;
export declare function isBuilt(): boolean;
export declare function isBuildCurrent(): boolean;
export declare function hasSources(): boolean;
export declare function canBuild(): boolean;
