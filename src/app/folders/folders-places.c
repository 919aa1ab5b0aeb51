/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands where in the folder tree: favourites and their order, folders in other folders. */
#include "folders-places.h"

#include "app-toast.h"
#include "app-words.h"
#include "base-error.h"
#include "folders-chooser.h"
#include "folders-row.h"
#include "model-folder-edit.h"

#include <glib/gi18n.h>

struct _FoldersPlaces
{
  GObject parent_instance;

  GActionMap *group;
  FoldersView *view;           /* weak */
  AdwToastOverlay *toasts;     /* weak */
  ModelFolderTree *tree;
};

G_DEFINE_FINAL_TYPE (FoldersPlaces, folders_places, G_TYPE_OBJECT)

/* One change, until it is done, and then the way back as long as that is offered */
typedef struct
{
  FoldersPlaces *places;       /* NULL in a way back: the toast knows whose it is */
  ModelFolderEdit edit;
  gint64 folder;
  gint64 target;
  gint64 before;               /* the target that leads back */
  char *sentence;              /* (nullable): told when it is done, with Undo */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_object (&change->places);
  g_free (change->sentence);
  g_free (change);
}

static void start (FoldersPlaces *self, Change *change);

/* A favourite that is none any more is put where it was; a folder goes back to where it was in. */
static void
on_undo (gpointer places, gpointer data)
{
  const Change *done = data;
  Change *change = g_new0 (Change, 1);

  change->edit = done->edit == MODEL_FOLDER_EDIT_MOVE ? MODEL_FOLDER_EDIT_MOVE : MODEL_FOLDER_EDIT_PLACE_FAVOURITE;
  change->folder = done->folder;
  change->target = done->before;
  start (places, change);
}

static char *
describe_failure (const GError *error)
{
  if (g_error_matches (error, BASE_ERROR, BASE_ERROR_EXISTS))
    return g_strdup (_("There is a folder of this name already."));
  return app_words_error (error);
}

static void
on_edited (GObject *source, GAsyncResult *result, gpointer data)
{
  Change *change = data;
  g_autoptr (FoldersPlaces) self = g_steal_pointer (&change->places);
  g_autoptr (GError) error = NULL;
  gboolean is_done = model_folder_edit_finish (result, &error) >= 0;
  g_autofree char *failure = is_done ? NULL : describe_failure (error);

  if (!self->toasts || (is_done && !change->sentence))
    change_free (change);
  else if (is_done)
    adw_toast_overlay_add_toast (self->toasts, app_toast_new_undo (change->sentence, self, on_undo, change, change_free));
  else
    {
      adw_toast_overlay_add_toast (self->toasts, app_toast_new (failure));
      change_free (change);
    }
}

static void
start (FoldersPlaces *self, Change *change)
{
  change->places = g_object_ref (self);
  model_folder_edit_async (self->tree, change->edit, 0, change->folder, NULL, change->target, NULL, on_edited, change);
}

static void
edit (FoldersPlaces *self, ModelFolderEdit kind, gint64 folder, gint64 target, gint64 before, char *sentence)
{
  Change *change = g_new0 (Change, 1);

  *change = (Change) { NULL, kind, folder, target, before, sentence };
  start (self, change);
}

/* Favourites */

/* (nullable): the row "Favourites", when @id has one below it; its place there */
static ModelFolder *
find_favourite (FoldersPlaces *self, gint64 id, guint *place)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tree)); i++)
    {
      g_autoptr (ModelFolder) root = g_list_model_get_item (G_LIST_MODEL (self->tree), i);
      GListModel *rows = model_folder_get_children (root);

      if (model_folder_get_kind (root) != MODEL_FOLDER_FAVOURITES)
        continue;
      for (guint k = 0; k < g_list_model_get_n_items (rows); k++)
        {
          g_autoptr (ModelFolder) row = g_list_model_get_item (rows, k);

          *place = k;
          if (model_folder_get_id (row) == id)
            return root; /* the tree holds it */
        }
    }
  return NULL;
}

static gint64
get_pointed (FoldersPlaces *self)
{
  ModelFolder *folder = self->view ? folders_view_get_pointed (self->view) : NULL;

  return folder ? model_folder_get_id (folder) : 0;
}

static gint64
get_meant (FoldersPlaces *self, GVariant *parameter)
{
  return parameter ? g_variant_get_int64 (parameter) : get_pointed (self);
}

static void
on_add_favourite (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gint64 id = get_meant (data, parameter);

  if (id > 0)
    edit (data, MODEL_FOLDER_EDIT_ADD_FAVOURITE, id, 0, 0, NULL);
}

static void
on_remove_favourite (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FoldersPlaces *self = data;
  gint64 id = get_meant (self, parameter);
  ModelFolder *folder = model_folder_tree_find (self->tree, id);
  guint place;

  if (folder && find_favourite (self, id, &place))
    edit (self, MODEL_FOLDER_EDIT_REMOVE_FAVOURITE, id, 0, place, g_strdup_printf (_("“%s” is no favourite any more"), folders_row_get_title (folder)));
}

static void
on_place_favourite (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gint64 id, place;

  g_variant_get (parameter, "(xx)", &id, &place);
  edit (data, MODEL_FOLDER_EDIT_PLACE_FAVOURITE, id, place, 0, NULL);
}

static void
step_favourite (FoldersPlaces *self, int by)
{
  gint64 id = get_pointed (self);
  guint place;

  if (find_favourite (self, id, &place) && (int) place + by >= 0)
    edit (self, MODEL_FOLDER_EDIT_PLACE_FAVOURITE, id, (gint64) place + by, 0, NULL);
}

static void
on_favourite_up (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step_favourite (data, -1);
}

static void
on_favourite_down (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step_favourite (data, 1);
}

/* Folders in folders */

static void
move_into (FoldersPlaces *self, gint64 id, gint64 parent_id)
{
  ModelFolder *folder = model_folder_tree_find (self->tree, id);
  ModelFolder *old = folder ? model_folder_tree_find_parent (self->tree, folder) : NULL;
  ModelFolder *parent = parent_id ? model_folder_tree_find (self->tree, parent_id) : folder ? model_folder_tree_find_root (self->tree, folder) : NULL;

  if (!old || !parent || old == parent)
    return;
  edit (self, MODEL_FOLDER_EDIT_MOVE, id, parent_id, model_folder_get_id (old),
        g_strdup_printf (_("“%s” moved to “%s”"), folders_row_get_title (folder), folders_row_get_title (parent)));
}

static void
on_move_into (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gint64 id, parent;

  g_variant_get (parameter, "(xx)", &id, &parent);
  move_into (data, id, parent);
}

typedef struct
{
  FoldersPlaces *places;
  gint64 folder;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->places);
  g_free (question);
}

static void
on_parent_chosen (FoldersChooser *chooser, ModelFolder *parent, Question *question)
{
  move_into (question->places, question->folder, model_folder_get_id (parent));
}

typedef struct
{
  ModelFolderTree *tree;
  ModelFolder *folder;
} Moving;

static gboolean
may_get_folder (ModelFolder *parent, gpointer data)
{
  const Moving *moving = data;

  return model_folder_get_account_id (parent) == model_folder_get_account_id (moving->folder)
         && parent != model_folder_tree_find_parent (moving->tree, moving->folder)
         && model_folder_edit_may_move (moving->tree, model_folder_get_id (moving->folder), model_folder_get_id (parent));
}

static void
on_move (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FoldersPlaces *self = data;
  ModelFolder *folder = model_folder_tree_find (self->tree, get_pointed (self));
  Moving moving = { self->tree, folder };
  FoldersOffer offer = { may_get_folder, &moving, NULL, NULL };
  FoldersChooser *chooser;
  Question *question;
  g_autofree char *title = NULL;

  if (!folder)
    return;
  title = g_strdup_printf (_("Move “%s” Into"), folders_row_get_title (folder));
  chooser = folders_chooser_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->view))), title, _("_Move"), self->tree, &offer);
  question = g_new (Question, 1);
  *question = (Question) { g_object_ref (self), model_folder_get_id (folder) };
  g_signal_connect_data (chooser, "chosen", G_CALLBACK (on_parent_chosen), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (chooser));
}

static const GActionEntry entries[] = {
  { .name = "add-favourite", .activate = on_add_favourite },
  { .name = "add-favourite-of", .activate = on_add_favourite, .parameter_type = "x" },
  { .name = "remove-favourite", .activate = on_remove_favourite },
  { .name = "remove-favourite-of", .activate = on_remove_favourite, .parameter_type = "x" },
  { .name = "place-favourite", .activate = on_place_favourite, .parameter_type = "(xx)" },
  { .name = "favourite-up", .activate = on_favourite_up },
  { .name = "favourite-down", .activate = on_favourite_down },
  { .name = "move", .activate = on_move },
  { .name = "move-into", .activate = on_move_into, .parameter_type = "(xx)" },
};

static void
enable (FoldersPlaces *self, const char *name, gboolean is_enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (self->group, name)), is_enabled);
}

static void
update (FoldersPlaces *self)
{
  ModelFolder *folder = self->view ? folders_view_get_pointed (self->view) : NULL;
  gboolean is_mailbox = folder && model_folder_get_kind (folder) == MODEL_FOLDER_MAILBOX;
  guint place = 0;
  ModelFolder *heading = is_mailbox ? find_favourite (self, model_folder_get_id (folder), &place) : NULL;
  gboolean is_row = heading && model_folder_is_favourite (folder);

  enable (self, "add-favourite", is_mailbox && !heading);
  enable (self, "remove-favourite", heading != NULL);
  enable (self, "favourite-up", is_row && place > 0);
  enable (self, "favourite-down", is_row && place + 1 < g_list_model_get_n_items (model_folder_get_children (heading)));
  enable (self, "move", is_mailbox && model_folder_get_role (folder) == MAIL_ROLE_NONE);
}

static void
folders_places_dispose (GObject *object)
{
  FoldersPlaces *self = FOLDERS_PLACES (object);

  for (gsize i = 0; self->group && i < G_N_ELEMENTS (entries); i++)
    g_action_map_remove_action (self->group, entries[i].name);
  g_clear_object (&self->group);
  g_clear_weak_pointer (&self->view);
  g_clear_weak_pointer (&self->toasts);
  g_clear_object (&self->tree);
  G_OBJECT_CLASS (folders_places_parent_class)->dispose (object);
}

static void
folders_places_class_init (FoldersPlacesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = folders_places_dispose;
}

static void
folders_places_init (FoldersPlaces *self)
{
}

FoldersPlaces *
folders_places_new (FoldersView *view, ModelFolderTree *tree, GActionMap *group, AdwToastOverlay *toasts)
{
  FoldersPlaces *self = g_object_new (FOLDERS_TYPE_PLACES, NULL);

  g_set_weak_pointer (&self->view, view);
  g_set_weak_pointer (&self->toasts, toasts);
  self->tree = g_object_ref (tree);
  self->group = g_object_ref (group);
  g_action_map_add_action_entries (group, entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (view, "pointed-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tree, "refreshed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}
