/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attachments and messages into files, in a thread of its own: decoding a big one and a slow disk keep nobody waiting. */
#pragma once

#include "model-body.h"

G_BEGIN_DECLS

#define MODEL_TYPE_SAVER (model_saver_get_type ())
G_DECLARE_FINAL_TYPE (ModelSaver, model_saver, MODEL, SAVER, GObject) /* main thread */

/**
 * model_saver_new:
 * @cache: a folder for what is only opened; what an earlier run left in it is removed
 */
ModelSaver *model_saver_new (const char *cache);

/* model_saver_save_attachment_async: @position: in model_body_get_attachments (); @file is written anew or replaced as a whole */
void model_saver_save_attachment_async (ModelSaver *self, ModelBody *body, guint position, GFile *file,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_saver_save_all_async: into @folder; a name that is taken there gets " (2)" before its ending, nothing is replaced */
void model_saver_save_all_async (ModelSaver *self, ModelBody *body, GFile *folder,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_saver_save_source_async: the message, byte for byte */
void model_saver_save_source_async (ModelSaver *self, ModelBody *body, GFile *file,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_saver_save_bytes_async: whatever was made of a message */
void model_saver_save_bytes_async (ModelSaver *self, GBytes *bytes, GFile *file,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_saver_put_away_async: an attachment into a file of its own in the cache, to be opened: read-only, gone with the next start */
void model_saver_put_away_async (ModelSaver *self, ModelBody *body, guint position,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_saver_finish: of all of these: (transfer full): the file (the folder, of save_all) that was written; or %BASE_ERROR_FILE,
 * %BASE_ERROR_DISK_FULL */
GFile *model_saver_finish (ModelSaver *self, GAsyncResult *result, GError **error);

/* A message that is in no folder. More than these many bytes are no message that anybody wants to read: it would cost several times as much
 * memory. */
#define MODEL_SAVER_MAX_MESSAGE (128 << 20)

/* model_saver_make_place: (transfer full) (nullable): where a file of that name could be put, likewise; %BASE_ERROR_FILE */
GFile *model_saver_make_place (ModelSaver *self, const char *name, GError **error);

/* model_saver_open_file_async: reads and parses a file; open_attached: an attachment that is a message */
void model_saver_open_file_async (ModelSaver *self, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void model_saver_open_attached_async (ModelSaver *self, ModelBody *body, guint position,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* model_saver_open_finish: of these two: (transfer full); or %BASE_ERROR_FILE: not to be read, no ordinary file, too large, no message */
ModelBody *model_saver_open_finish (ModelSaver *self, GAsyncResult *result, GError **error);

G_END_DECLS
