import { Button, DropZone, FileTrigger, isFileDropItem, Text } from 'react-aria-components';
import { ProblemNote } from '../ui/problem-note.js';
import { Waiting } from '../ui/waiting.js';
import { useWorkbench } from '../workbench.js';
import './picker.css';
import { Eye } from './eye.js';
import { SampleShelf } from './sample-shelf.js';

interface PickerProps {
  readonly title: string;
  readonly lead?: string;
}

/** Takes a picture: dropped, pasted, chosen from files, or one of the samples. */
export function Picker({ title, lead }: PickerProps) {
  const { opening, openFile } = useWorkbench();
  return (
    <div className="picker">
      <h2>{title}</h2>
      {lead !== undefined && <p className="lead">{lead}</p>}
      <DropZone
        className="picker-drop"
        onDrop={({ items }) => {
          const file = items.find(isFileDropItem);
          if (file) void file.getFile().then(openFile);
        }}
      >
        <Eye />
        <Text slot="label" className="picker-words">
          Drop a picture, or paste one
        </Text>
        <FileTrigger
          acceptedFileTypes={['image/*']}
          onSelect={(files) => {
            const file = files?.item(0);
            if (file) openFile(file);
          }}
        >
          <Button className="button primary">Choose a file</Button>
        </FileTrigger>
      </DropZone>
      {opening.state === 'opening' && <Waiting words="Opening the picture" />}
      {opening.state === 'failed' && <ProblemNote problem={opening.problem} onRetry={opening.again} />}
      <SampleShelf />
    </div>
  );
}
