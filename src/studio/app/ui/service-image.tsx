import { useState, type ComponentProps } from 'react';

interface ServiceImageProps extends Omit<ComponentProps<'img'>, 'onError'> {
  readonly src: string;
  readonly alt: string;
  /** Told that it cannot be fetched. */
  readonly onLost?: () => void;
}

/** A picture that the service sends. Where it does not come, an empty frame stands in its place, no broken sign. */
export function ServiceImage({ src, alt, onLost, ...props }: ServiceImageProps) {
  const [lost, setLost] = useState<string>();
  if (lost === src) return <span className={`lost-image ${props.className ?? ''}`} role="presentation" />;
  return (
    <img
      decoding="async"
      draggable={false}
      {...props}
      src={src}
      alt={alt}
      onError={() => {
        setLost(src);
        onLost?.();
      }}
    />
  );
}
