/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One folder that can be chosen: what it is called and where it is, and how well that fits what is typed. */
#include "folders-choice.h"

#include "folders-row.h"
#include "mail-words.h"

#include <string.h>

/* Deeper ones say where they are as far as that: a damaged table may go round in circles. */
#define MAX_DEPTH 16

/* More than any account has folders */
#define SCORE_STEP 1000000

struct _FoldersChoice
{
  GObject parent_instance;

  ModelFolder *folder;
  guint rank;
  char *title;
  char *place;
  char *folded_title;   /* each word with a space before it */
  char *folded_place;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_PLACE,
  PROP_ICON_NAME,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (FoldersChoice, folders_choice, G_TYPE_OBJECT)

static char *
fold (const char *text)
{
  GString *folded = g_string_new (NULL);

  mail_words_fold (folded, text, strlen (text));
  return g_string_free (folded, FALSE);
}

static char *
make_place (ModelFolderTree *tree, ModelFolder *folder)
{
  g_autoptr (GString) place = g_string_new (NULL);
  ModelFolder *parent = model_folder_tree_find_parent (tree, folder);

  for (guint depth = 0; parent && depth < MAX_DEPTH; depth++)
    {
      if (place->len)
        g_string_prepend (place, " / ");
      g_string_prepend (place, folders_row_get_title (parent));
      parent = model_folder_tree_find_parent (tree, parent);
    }
  return g_strdup (place->str);
}

static const char *
get_icon (FoldersChoice *self)
{
  if (model_folder_get_kind (self->folder) == MODEL_FOLDER_MAILBOX)
    return folders_row_get_icon (model_folder_get_role (self->folder));
  return model_folder_get_kind (self->folder) == MODEL_FOLDER_LOCAL ? "computer-symbolic" : "avatar-default-symbolic";
}

static void
folders_choice_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  FoldersChoice *self = FOLDERS_CHOICE (object);

  if (prop_id == PROP_TITLE)
    g_value_set_string (value, self->title);
  else if (prop_id == PROP_PLACE)
    g_value_set_string (value, self->place);
  else if (prop_id == PROP_ICON_NAME)
    g_value_set_string (value, get_icon (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
folders_choice_finalize (GObject *object)
{
  FoldersChoice *self = FOLDERS_CHOICE (object);

  g_object_unref (self->folder);
  g_free (self->title);
  g_free (self->place);
  g_free (self->folded_title);
  g_free (self->folded_place);
  G_OBJECT_CLASS (folders_choice_parent_class)->finalize (object);
}

static void
folders_choice_class_init (FoldersChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = folders_choice_get_property;
  object_class->finalize = folders_choice_finalize;
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, NULL, flags);
  props[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
folders_choice_init (FoldersChoice *self)
{
}

FoldersChoice *
folders_choice_new (ModelFolderTree *tree, ModelFolder *folder, guint rank)
{
  FoldersChoice *self = g_object_new (FOLDERS_TYPE_CHOICE, NULL);

  self->folder = g_object_ref (folder);
  self->rank = rank;
  self->title = g_strdup (folders_row_get_title (folder));
  self->place = make_place (tree, folder);
  self->folded_title = fold (self->title);
  self->folded_place = fold (self->place);
  return self;
}

ModelFolder *
folders_choice_get_folder (FoldersChoice *self)
{
  return self->folder;
}

/* Parts of words, too: who remembers the middle of a name finds it. */
static gboolean
has_all_words (FoldersChoice *self, const char *typed)
{
  g_auto (GStrv) words = g_strsplit (typed, " ", -1);

  for (char **word = words; *word; word++)
    if (**word && !strstr (self->folded_title, *word) && !strstr (self->folded_place, *word))
      return FALSE;
  return TRUE;
}

guint
folders_choice_score (FoldersChoice *self, const char *typed)
{
  guint step;

  if (!*typed)
    return self->rank;
  if (g_str_has_prefix (self->folded_title, typed))
    step = 0;
  else if (strstr (self->folded_title, typed)) /* which begins with a space: at the beginning of a word */
    step = 1;
  else if (!has_all_words (self, typed))
    return G_MAXUINT;
  else
    step = strstr (self->folded_title, typed + 1) ? 2 : 3;
  return step * SCORE_STEP + MIN (self->rank, SCORE_STEP - 1);
}
