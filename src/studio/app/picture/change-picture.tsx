import { useState } from 'react';
import { Button, Dialog, DialogTrigger, Modal, ModalOverlay } from 'react-aria-components';
import { dimensions } from '../ui/words.js';
import { useApp } from '../app-context.js';
import './change-picture.css';
import { Picker } from './picker.js';
import { OpeningNote } from './opening-note.js';
import { nameOf, type Picture } from './picture.js';
import { bytesInWords } from '../../../size-words.js';

/** Says which picture is on the stage, and offers another. */
export function ChangePicture({ onStage }: { readonly onStage: Picture | undefined }) {
  const { picture, pictureId, opening, isForgetful } = useApp();
  // Open for one picture: choosing another one closes it.
  const [openFor, setOpenFor] = useState<{ readonly pictureId: string | undefined }>();
  const isOpen = openFor !== undefined && openFor.pictureId === pictureId;
  return (
    <>
      <div className="change">
        {onStage && (
          <p className="change-what">
            <span className="change-name">{nameOf(onStage.source)}</span> <span>{sizeWords(onStage)}</span>
          </p>
        )}
        <DialogTrigger isOpen={isOpen} onOpenChange={(open) => setOpenFor(open ? { pictureId } : undefined)}>
          <Button className="button small">{picture ? 'Change picture' : 'Choose a picture'}</Button>
          <ModalOverlay className="overlay" isDismissable>
            <Modal className="modal">
              <Dialog className="dialog" aria-label="Choose a picture">
                <Button slot="close" className="button small change-close">
                  Close
                </Button>
                <Picker title="Another picture" />
              </Dialog>
            </Modal>
          </ModalOverlay>
        </DialogTrigger>
      </div>
      {picture && isForgetful && (
        <p className="quiet">This browser does not let the page keep pictures: a reload forgets them.</p>
      )}
      {!isOpen && opening.state === 'failed' && <OpeningNote />}
    </>
  );
}

function sizeWords({ source, shown }: Picture): string {
  return [shown && dimensions(shown), source.from === 'file' && bytesInWords(source.file.size)]
    .filter(Boolean)
    .join(' · ');
}
