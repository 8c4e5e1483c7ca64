import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import './value-slider.css';
import { percent } from './words.js';

interface ValueSliderProps {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly initial: number;
  readonly inPercent?: boolean;
  /** Told of every movement. */
  readonly onMove?: (value: number) => void;
  /** Told where it was let go. */
  readonly onSettle?: (value: number) => void;
}

/** A slider that keeps its own value, so that moving it renders nothing else. */
export function ValueSlider(props: ValueSliderProps) {
  const { label, from, to, step, initial, inPercent = false, onMove, onSettle } = props;
  return (
    <Slider
      className="slider"
      minValue={from}
      maxValue={to}
      step={step}
      defaultValue={initial}
      formatOptions={inPercent ? { style: 'percent' } : {}}
      {...(onMove && { onChange: onMove })}
      {...(onSettle && { onChangeEnd: onSettle })}
    >
      <Label className="slider-label">{label}</Label>
      <SliderOutput className="slider-value">
        {({ state }) => (inPercent ? percent(state.getThumbValue(0)) : state.getThumbValueLabel(0))}
      </SliderOutput>
      <SliderTrack className="slider-track">
        {({ state }) => (
          <>
            <span className="slider-fill" style={{ width: `${state.getThumbPercent(0) * 100}%` }} />
            <SliderThumb className="slider-thumb" />
          </>
        )}
      </SliderTrack>
    </Slider>
  );
}
